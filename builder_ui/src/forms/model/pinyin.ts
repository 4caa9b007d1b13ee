/**
 * Pinyin of Chinese characters, without a dictionary: the browser sorts characters by pinyin (CLDR), so a character
 * has the syllable of the last boundary before it. Characters with several readings get the one CLDR sorts by.
 */
import table from "./pinyin.json";

const HAN = /\p{Script=Han}/u;
const collator = new Intl.Collator("zh-Hans-CN-u-co-pinyin");
const boundaries = table.first.split(" ").map((entry) => {
  const [first = ""] = [...entry].slice(-1);
  return { syllable: entry.slice(0, entry.length - first.length), first };
});

/** The syllable of one Chinese character, without tone; undefined for anything else. */
export function syllableOf(character: string): string | undefined {
  if (!HAN.test(character)) return undefined;
  let low = 0;
  let high = boundaries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (collator.compare(boundaries[middle]?.first ?? "", character) <= 0) low = middle + 1;
    else high = middle;
  }
  return boundaries[low - 1]?.syllable;
}

/** The words of a text: a syllable for each Chinese character, runs of everything else as they are. */
export function pinyinWords(text: string): string[] {
  const words: string[] = [];
  let run = "";
  for (const character of text) {
    const syllable = syllableOf(character);
    if (syllable === undefined) {
      run += character;
      continue;
    }
    if (run) words.push(run);
    run = "";
    words.push(syllable);
  }
  return run ? [...words, run] : words;
}
