/** A decimal number as people type it: also with a true minus sign, in scientific notation or with commas between thousands. NaN for anything else. */
export function readNumber(text: string): number {
  const plain = text.trim().replace('−', '-');
  const digits = /^[-+]?\d{1,3}(,\d{3})+$/.test(plain) ? plain.replaceAll(',', '') : plain;
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(digits) ? Number(digits) : Number.NaN;
}
