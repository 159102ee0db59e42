const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const MARKED = [...'ȧƀƈḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑȦƁƇḒḖƑƓĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐ'];
const LETTERS = new Map([...PLAIN].map((letter, index) => [letter, MARKED[index] ?? letter]));
const TAG = /(<[^>]*>)/;

/** Letters with marks; tags stay. */
export const markText = (text: string): string => text.split(TAG).map((part, index) => (index % 2 === 1 ? part : [...part].map((letter) => LETTERS.get(letter) ?? letter).join(''))).join('');

/** Of what is added, in characters: no longer than the words of real languages, so that lines break as theirs do. */
const LONGEST_WORD = 8;

/** A third longer and in brackets: what is cut off has too little room. @param message ICU source */
export function stretch(message: string): string {
  const more = '~'.repeat(Math.ceil(message.replaceAll(/<[^>]*>|\{[^{}]*\}/g, '').length / 3));
  return `[${[message, ...(more.match(new RegExp(`.{1,${LONGEST_WORD}}`, 'g')) ?? [])].join(' ')}]`;
}
