import type {ReactNode} from 'react';
import {useStore} from 'zustand';

import type {Console} from './console.ts';
import {ColumnsContext, ConsoleContext} from './hooks/use-console.ts';

/** Puts a console, and the width of its terminal, around its screens. */
export function ConsoleProvider({
  console,
  children,
}: {
  readonly console: Console;
  readonly children: ReactNode;
}) {
  const columns = useStore(console.ui, (state) => state.columns);
  return (
    <ConsoleContext value={console}>
      <ColumnsContext value={columns}>{children}</ColumnsContext>
    </ConsoleContext>
  );
}
