import {GLYPHS, type GlyphSet, type Glyphs} from './glyphs.ts';

/** full: colours and dim · 8: the eight of a console · mono: bold and inverse only. */
export type ColourMode = 'full' | '8' | 'mono';

export interface Theme {
  readonly glyphSet: GlyphSet;
  readonly glyphs: Glyphs;
  readonly colours: ColourMode;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What the terminal can show, from its environment: TERM, the locale, NO_COLOR. */
export function themeOf(env: Environment): Theme {
  const glyphSet = glyphSetOf(env);
  return {glyphSet, glyphs: GLYPHS[glyphSet], colours: coloursOf(env)};
}

function glyphSetOf(env: Environment): GlyphSet {
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find(
    (value) => value !== undefined && value !== '',
  );
  if (!/utf-?8/i.test(locale ?? '')) {
    return 'ascii';
  }
  return env.TERM === 'linux' ? 'linux' : 'utf8';
}

function coloursOf({NO_COLOR, TERM = ''}: Environment): ColourMode {
  if ((NO_COLOR !== undefined && NO_COLOR !== '') || /^(dumb|vt\d+|.*-m(ono)?)$/.test(TERM)) {
    return 'mono';
  }
  return TERM === 'linux' || TERM === '' ? '8' : 'full';
}
