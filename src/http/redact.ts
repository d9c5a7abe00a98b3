/**
 * Takes secrets, e-mail addresses, phone-like numbers and URLs out of a server's message, so that it may be
 * shown. Casdoor and WeCom both put such values into their error texts.
 */
export function redact(message: string, secrets: readonly string[] = []): string {
  const withoutSecrets = secrets
    .filter((secret) => secret !== '')
    .reduce((text, secret) => text.replaceAll(secret, '***'), message)
  return withoutSecrets
    .replaceAll(/[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi, '(URL)')
    .replaceAll(/[^\s"'<>:,;()]+@[^\s"'<>:,;()]+/g, '(e-mail)')
    .replaceAll(/\+?\d(?:[\s-]?\d){5,}/g, '(number)')
}
