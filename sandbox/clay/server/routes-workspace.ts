import express, { type Response, type Router } from 'express';
import { z } from 'zod';
import type { ArchivePage, Crumb, Entry, FolderPage, WorkbookPage } from '../shapes.ts';
import { makeFolder, makeWorkbook, pathOf, type Folder, type Workbook, type World } from './world.ts';

const NewFolder = z.object({ parentId: z.string().nullable(), name: z.string().trim().min(1) });
const NewWorkbook = z.object({ folderId: z.string().nullable(), name: z.string().trim().min(1) });
const Change = z.object({ name: z.string().trim().min(1).optional(), archived: z.boolean().optional() });

const crumbOf = ({ id, name }: Folder): Crumb => ({ id, name });
const entryOf = ({ id, name, updatedAt }: Folder | Workbook): Entry => ({ id, name, updatedAt });
const newestFirst = (a: Entry, b: Entry): number => b.updatedAt - a.updatedAt;
const gone = (response: Response): void => void response.status(404).json({ error: 'Not found' });

/** Folders, workbooks and the archive. Two of one name are two: nothing is looked up by name. */
export function workspaceRoutes(world: () => World): Router {
  const routes = express.Router();
  routes.get('/api/folders/:id', (request, response) => {
    const id = request.params.id === 'home' ? null : request.params.id;
    if (id !== null && !world().folders.has(id)) return gone(response);
    const page: FolderPage = {
      crumbs: pathOf(world(), id).map(crumbOf),
      folders: [...world().folders.values()]
        .filter(({ parentId }) => parentId === id)
        .map(entryOf)
        .sort((a, b) => a.name.localeCompare(b.name)),
      workbooks: [...world().workbooks.values()]
        .filter(({ folderId, archived }) => folderId === id && !archived)
        .map(entryOf)
        .sort(newestFirst),
    };
    response.json(page);
  });
  routes.post('/api/folders', express.json(), (request, response) => {
    const { parentId, name } = NewFolder.parse(request.body);
    world().tally.foldersMade += 1;
    response.json(crumbOf(makeFolder(world(), parentId, name)));
  });
  routes.patch('/api/folders/:id', express.json(), (request, response) => {
    const folder = world().folders.get(request.params.id);
    if (!folder) return gone(response);
    folder.name = Change.parse(request.body).name ?? folder.name;
    response.json(crumbOf(folder));
  });
  routes.get('/api/archive', (_request, response) => {
    const archived = [...world().workbooks.values()].filter((workbook) => workbook.archived);
    response.json({ workbooks: archived.map(entryOf).sort(newestFirst) } satisfies ArchivePage);
  });
  routes.post('/api/workbooks', express.json(), (request, response) => {
    const { folderId, name } = NewWorkbook.parse(request.body);
    world().tally.workbooksMade += 1;
    response.json(workbookPage(world(), makeWorkbook(world(), folderId, name)));
  });
  routes.get('/api/workbooks/:id', (request, response) => {
    const workbook = world().workbooks.get(request.params.id);
    if (!workbook) return gone(response);
    response.json(workbookPage(world(), workbook));
  });
  routes.patch('/api/workbooks/:id', express.json(), (request, response) => {
    const workbook = world().workbooks.get(request.params.id);
    if (!workbook) return gone(response);
    const change = Change.parse(request.body);
    workbook.name = change.name ?? workbook.name;
    workbook.archived = change.archived ?? workbook.archived;
    workbook.updatedAt = Date.now();
    response.json(workbookPage(world(), workbook));
  });
  return routes;
}

function workbookPage(world: World, workbook: Workbook): WorkbookPage {
  return {
    id: workbook.id,
    name: workbook.name,
    archived: workbook.archived,
    crumbs: pathOf(world, workbook.folderId).map(crumbOf),
    tables: workbook.archived ? [] : workbook.tables.map(({ id, name }) => ({ id, name })),
  };
}
