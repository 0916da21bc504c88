import type {FoundFunction} from './classify.ts';
import {isFit} from './match.ts';
import {DESCRIBERS} from './word-list.ts';

/** A function in a few words, e.g. "Ethernet" or "32 GB disk". */
export const describeFunction = (found: FoundFunction): string =>
  DESCRIBERS[found.class.name]?.(found) ?? wordsOf(found);

const wordsOf = ({class: {words = [], plugged}, members}: FoundFunction): string =>
  words.find(({match}) => members.some((member) => isFit(match, member)))?.words ?? plugged;
