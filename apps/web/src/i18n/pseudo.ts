const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const MARKED = [...'ȧƀƈḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑȦƁƇḒḖƑƓĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐ'];
const LETTERS = new Map([...PLAIN].map((letter, index) => [letter, MARKED[index] ?? letter]));
const TAG = /(<[^>]*>)/;

/** Letters with marks; tags stay. */
export const markText = (text: string): string => text.split(TAG).map((part, index) => (index % 2 === 1 ? part : [...part].map((letter) => LETTERS.get(letter) ?? letter).join(''))).join('');

/** A third longer and in brackets: what is cut off has too little room. @param message ICU source */
export const stretch = (message: string): string => `[${message}${'~'.repeat(Math.ceil(message.replaceAll(/<[^>]*>|\{[^{}]*\}/g, '').length / 3))}]`;
