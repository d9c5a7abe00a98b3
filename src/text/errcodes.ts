/** WeCom's error codes that reading can meet (https://developer.work.weixin.qq.com/document/path/90313). */
export const errcodes = [
  -1, 6000, 40001, 40003, 40013, 40014, 40056, 40058, 40063, 40066, 40068, 40082, 40091, 40141, 41001, 41002,
  41004, 42001, 42009, 45009, 45029, 45031, 45033, 46004, 48001, 48002, 48004, 48005, 48006, 48008, 48009,
  50002, 50003, 50100, 60003, 60011, 60020, 60021, 60031, 60111, 60123, 81011, 81013, 81026, 301002, 301005,
  301007, 301021, 301036, 301042, 2000002,
] as const
export type Errcode = (typeof errcodes)[number]

/** Is it a code that has a sentence of its own? */
export function isErrcode(code: number): code is Errcode {
  return errcodes.some((known) => known === code)
}

/** WeCom's public page about a code. */
export function errcodePage(code: number): string {
  return `https://open.work.weixin.qq.com/devtool/query?e=${code}`
}
