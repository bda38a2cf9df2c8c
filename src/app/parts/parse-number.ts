/**
 * Numbers as people write them, in every locale alike: 0.1 and 0,1, 1e-3, 1 234,5 and 1.234,5. What could mean two
 * things is refused, so that no number is altered in silence.
 */

/** What an entry takes. */
export interface NumberRange {
  /** Closed. */
  readonly range: readonly [min: number, max: number];
  readonly isWhole?: boolean;
}

/** What was typed: a number that is taken, or the sentence that says why it is not. */
export type Typed = { readonly value: number } | { readonly problem: string };

/** Digits in threes between equal separators, then decimals behind another one. */
const GROUPED = /^(\d{1,3}(?:([.,' ])\d{3})(?:\2\d{3})*)(?:(?!\2)([.,])(\d*))?$/;
const PLAIN = /^(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?$/i;
/** One separator with three digits behind it: decimals, or thousands. */
const AMBIGUOUS = /^[+-]?(?!0)\d{1,3}[.,]\d{3}$/;
const INCOMPLETE = /^[+-]?[.,]?$|[\d.,]e[+-]?$/i;

/** Arabic and Persian digits, ten each. */
const ARABIC = /[\u0660-\u0669\u06f0-\u06f9]/g;
/** ASCII as East Asian input methods write it. */
const WIDE = /[\uff01-\uff5e]/g;
const SIGNS: Readonly<Record<string, string>> = { '٫': '.', '٬': "'", '’': "'", '−': '-' };

/** The text in ASCII as far as that goes, without a space at either end. */
function plainOf(text: string): string {
  return text
    .replace(ARABIC, (digit) => String((digit.charCodeAt(0) - 0x660) % 0x90))
    .replace(WIDE, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[٫٬’−]/g, (sign) => SIGNS[sign] ?? sign)
    .replace(/\s+/g, ' ')
    .trim();
}

/** The number that a text says, point or comma before its decimals; undefined for what is none, or too large or small for one. */
export function parseNumber(text: string): number | undefined {
  const plain = plainOf(text);
  const sign = /^[+-]/.exec(plain)?.[0] ?? '';
  const size = plain.slice(sign.length);
  const written = PLAIN.test(size) ? size.replace(',', '.') : ungrouped(size);
  if (written === undefined) return undefined;
  const value = Number(sign + written);
  const isLost = value === 0 && /[1-9]/.test(written.replace(/e.*/i, ''));
  return Number.isFinite(value) && !isLost ? value + 0 : undefined;
}

/** '1.234,5' to '1234.5'; undefined where the groups are not of three. */
function ungrouped(text: string): string | undefined {
  const [, groups, separator, , decimals = ''] = GROUPED.exec(text) ?? [];
  if (groups === undefined || separator === undefined) return undefined;
  return `${groups.replaceAll(separator, '')}.${decimals}`;
}

/** True for what may become a number by further typing, and is none yet. */
export function isIncomplete(text: string): boolean {
  return INCOMPLETE.test(plainOf(text));
}

/** What was typed into an entry, as a number that it takes or as a problem. `name` is the entry's, for the sentence. */
export function readNumber(text: string, name: string, { range, isWhole = false }: NumberRange): Typed {
  const value = parseNumber(text);
  const isTaken = (number: number) =>
    number >= range[0] && number <= range[1] && (!isWhole || Number.isInteger(number));
  const plain = plainOf(text);
  if (value !== undefined && AMBIGUOUS.test(plain)) {
    const thousands = Number(plain.replace(/[.,]/, ''));
    if (isTaken(thousands)) {
      const small = isWhole ? value : value.toFixed(4);
      const choice = isTaken(value) ? `${small} or ${thousands}` : thousands;
      return { problem: `“${plain}” may be ${value} or ${thousands}: write ${choice}.` };
    }
  }
  if (value !== undefined && isTaken(value)) return { value };
  const kind = isWhole ? 'a whole number' : 'a number';
  return { problem: `${name} is ${kind} from ${range[0]} to ${range[1]}.` };
}
