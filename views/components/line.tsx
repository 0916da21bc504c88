import {Text} from 'ink';
import {memo} from 'react';

import {useColumns, useConsole} from '../hooks/use-console.ts';
import {type LineContent, paintLine} from '../theme/paint.ts';

/** One line of the screen, cut to its width. */
export function Line(content: LineContent) {
  const {theme} = useConsole();
  return <Painted text={paintLine(theme, content, useColumns())} />;
}

/** Text that is already painted: lines that stay the same are not laid out again. */
const Painted = memo(({text}: {readonly text: string}) => <Text wrap="truncate">{text}</Text>);
