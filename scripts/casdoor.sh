#!/usr/bin/env bash
# Starts a throw-away Casdoor with the organizations of test/contract/init_data.json and waits until it is up.
set -euo pipefail
cd "$(dirname "$0")/.."
docker run --detach --name casdoor --publish 127.0.0.1:8000:8000 \
  --env initDataFile=/init_data.json --env BEEGO_RUNMODE=prod \
  --volume "$PWD/test/contract/init_data.json:/init_data.json:ro" \
  "$CASDOOR_IMAGE"
for _ in $(seq 60); do
  curl --fail --silent --show-error --max-time 5 "$CASDOOR_URL/api/health" 2>/dev/null && exit 0
  sleep 1
done
docker logs casdoor
echo 'Casdoor did not come up within a minute'
exit 1
