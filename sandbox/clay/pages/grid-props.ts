import type { TablePage } from '../shapes.ts';
import type { Anchor } from './parts/floating.tsx';

/** What a table's grid is given, today's and the redesign's. */
export type GridProps = {
  readonly table: TablePage;
  readonly onColumnMenu: (columnId: string, anchor: Anchor) => void;
  readonly onAddColumn: () => void;
};
