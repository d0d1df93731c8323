import { hash } from '../../kit.ts';
import type { ClayFaults } from '../faults.ts';
import { noFaults } from '../faults.ts';
import type { Upload } from '../shapes.ts';
import type { ParsedCsv } from './csv.ts';
import { freshTally, type ClayStats, type ExportRecord, type Tally } from './stats.ts';
import type { Table } from './table.ts';

export type Folder = { readonly id: string; readonly parentId: string | null; name: string; updatedAt: number };
export type Workbook = {
  readonly id: string;
  readonly folderId: string | null;
  name: string;
  updatedAt: number;
  archived: boolean;
  tables: Table[];
};
export type StoredUpload = Upload & { readonly csv: ParsedCsv };
export type StoredExport = {
  readonly record: ExportRecord;
  readonly fileName: string;
  body: Buffer | null;
  cut: boolean;
};

/** Everything the stand-in remembers; `reset` makes a fresh one. Names are never unique, as in Clay. */
export type World = {
  readonly folders: Map<string, Folder>;
  readonly workbooks: Map<string, Workbook>;
  readonly uploads: Map<string, StoredUpload>;
  readonly exports: Map<string, StoredExport>;
  readonly tally: Tally;
  readonly faults: ClayFaults;
  /** An id like Clay's, never given twice, not even after a reset. */
  readonly id: (kind: 'wb' | 't' | 'f' | 'fld' | 'up' | 'ex') => string;
  /** Aborted by `reset` and `close`: imports, exports and formulas stop. */
  readonly ended: AbortController;
};

/** `folders`: paths that are there before anybody comes. `generation` counts the resets. */
export function makeWorld(folders: readonly (readonly string[])[], generation: number): World {
  let made = 0;
  const world: World = {
    folders: new Map(),
    workbooks: new Map(),
    uploads: new Map(),
    exports: new Map(),
    tally: freshTally(),
    faults: { ...noFaults },
    id: (kind) => {
      made += 1;
      return `${kind}_0${[1, 2].map((half) => hash(half, generation, made).toString(36).padStart(7, '0')).join('')}`;
    },
    ended: new AbortController(),
  };
  for (const path of folders) {
    path.reduce<string | null>((parentId, name) => {
      const known = [...world.folders.values()].find((folder) => folder.parentId === parentId && folder.name === name);
      return (known ?? makeFolder(world, parentId, name)).id;
    }, null);
  }
  return world;
}

export function makeFolder(world: World, parentId: string | null, name: string): Folder {
  const folder: Folder = { id: world.id('fld'), parentId, name, updatedAt: Date.now() };
  world.folders.set(folder.id, folder);
  return folder;
}

export function makeWorkbook(world: World, folderId: string | null, name: string): Workbook {
  const workbook: Workbook = { id: world.id('wb'), folderId, name, updatedAt: Date.now(), archived: false, tables: [] };
  world.workbooks.set(workbook.id, workbook);
  return workbook;
}

/** The folder and its parents, outermost first. */
export function pathOf(world: World, folderId: string | null): readonly Folder[] {
  const folder = folderId === null ? undefined : world.folders.get(folderId);
  return folder ? [...pathOf(world, folder.parentId), folder] : [];
}

export function tableById(world: World, id: string): Table | undefined {
  for (const workbook of world.workbooks.values()) {
    const table = workbook.tables.find((each) => each.id === id);
    if (table && !workbook.archived) return table;
  }
  return undefined;
}

export function statsOf(world: World, openBrowsers: number): ClayStats {
  const tables = [...world.workbooks.values()].flatMap((workbook) =>
    workbook.tables.map((table) => ({
      id: table.id,
      name: table.name,
      workbook: workbook.name,
      folder: pathOf(world, workbook.folderId).map(({ name }) => name),
      archived: workbook.archived,
      rows: table.rows,
      dropped: table.dropped,
      deduped: table.deduped,
      autoUpdate: table.autoUpdate,
      columns: table.columns.map(({ name }) => name),
      creditsSpent: table.creditsSpent,
      creditsByAutoUpdate: table.creditsByAutoUpdate,
    })),
  );
  const sum = (of: (table: (typeof tables)[number]) => number): number =>
    tables.reduce((total, table) => total + of(table), 0);
  return {
    ...world.tally,
    openBrowsers,
    tables,
    rowsDropped: sum((table) => table.dropped),
    creditsSpent: sum((table) => table.creditsSpent),
    creditsByAutoUpdate: sum((table) => table.creditsByAutoUpdate),
  };
}
