/** Numbers, money, shares and times the way people read them. Times are UTC, as everywhere in Segue. */
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const one = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const count = (n: number): string => whole.format(n);

export const decimal = (n: number): string => one.format(n);

export const brief = (n: number): string => (Math.abs(n) < 10_000 ? whole : short).format(n);

/** €12,345; small amounts keep their cents. */
export function money(value: number, currency: string, cents = Math.abs(value) < 100 && value % 1 !== 0): string {
  const digits = cents ? 2 : 0;
  return new Intl.NumberFormat('en', {
    style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits,
  }).format(value);
}

export const briefMoney = (value: number, currency: string): string => new Intl.NumberFormat('en', {
  style: 'currency', currency, notation: 'compact', maximumFractionDigits: value < 1000 ? 0 : 1,
}).format(value);

export const share = (part: number, of: number): number => (of <= 0 ? 0 : part / of);

/** 21 %; small parts keep a digit, so that few is not none. */
export function percent(part: number): string {
  const p = part * 100;
  return p === 0 ? '0 %' : Math.abs(p) < 0.1 ? '< 0.1 %' : `${(Math.abs(p) < 9.95 ? one : whole).format(p)} %`;
}

/** +4.3 points: a difference of two shares. */
export const points = (part: number): string => `${part > 0 ? '+' : ''}${one.format(part * 100).replace('-', '−')} pts`;

export const plural = (n: number, word: string, many = `${word}s`): string => `${count(n)} ${n === 1 ? word : many}`;

const dayForm = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const timeForm = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

export const day = (iso: string): string => dayForm.format(new Date(iso));

export const moment = (iso: string): string => `${day(iso)}, ${timeForm.format(new Date(iso))} UTC`;

/** How long ago or ahead, in the largest unit that says enough. */
export function ago(iso: string, nowIso: string): string {
  const seconds = (Date.parse(nowIso) - Date.parse(iso)) / 1000;
  const size = Math.abs(seconds);
  const text = size < 60 ? '' : size < 3600 ? plural(Math.floor(size / 60), 'minute')
    : size < 86_400 ? plural(Math.floor(size / 3600), 'hour')
      : size < 60 * 86_400 ? plural(Math.floor(size / 86_400), 'day')
        : size < 730 * 86_400 ? plural(Math.floor(size / 2_629_800), 'month')
          : plural(Math.floor(size / 31_557_600), 'year');
  return text === '' ? 'just now' : seconds > 0 ? `${text} ago` : `in ${text}`;
}
