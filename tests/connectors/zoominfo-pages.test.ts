import { describe, expect, test } from '@jest/globals';
import { UnexpectedAnswer } from '../../pipeline/ports/zoominfo.ts';
import { foreign, query, refusal, saying, type Reply } from './zoominfo-stand.ts';

describe('pages', () => {
  const seen = { signalScore: 80, signalDate: '2026-07-05' };
  const rows = Array.from({ length: 60 }, (_, index) => ({ id: index, companyId: index + 1, ...seen }));
  const paged = (size: number, more: (page: number) => Record<string, unknown>, beyond: Reply) =>
    foreign(({ body }) => {
      const page = Number(body['page']);
      const data = rows.slice((page - 1) * size, page * size);
      return data.length === 0 && page > 1 ? beyond : { body: { ...more(page), data } };
    });
  const empty: Reply = { body: { data: [] } };
  const refused: Reply = {
    status: 400,
    body: {
      success: false,
      statusCode: 400,
      error: 'Page number (page) requested is greater than the available results.',
    },
  };

  test.each([
    ['a server that gives 25 a page and says how many there are', 25, () => ({ totalResults: 60 }), empty, 3],
    ['one that does not say', 25, () => ({}), empty, 3],
    ['one whose pages end together with the rows', 30, () => ({}), empty, 3],
    ['one that refuses the page after the last', 30, () => ({}), refused, 3],
    ['one that counts too many', 30, () => ({ totalResults: '99' }), refused, 3],
    ['one that gives all at once', 100, () => ({ totalResults: 60 }), empty, 1],
  ] as const)('%s', async (_which, size, more, beyond, calls) => {
    const { zoominfo, asked } = await paged(size, more, beyond);
    expect((await zoominfo.searchIntent(query)).signals).toHaveLength(60);
    expect(asked).toHaveLength(calls);
  });

  test('ten of them at most, and the total says what was not seen', async () => {
    const { zoominfo, asked } = await foreign(({ body }) => {
      const page = Number(body['page']);
      const data = Array.from({ length: 100 }, (_, place) => ({
        id: page * 100 + place,
        companyId: 1,
        ...seen,
      }));
      return { body: { totalResults: 2500, data } };
    });
    const { signals, total } = await zoominfo.searchIntent(query);
    expect(signals).toHaveLength(1000);
    expect(total).toBe(2500);
    expect(asked.map(({ body }) => body['page'])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('rows that are shown twice do not bring the end any nearer', async () => {
    const row = (id: number) => ({ id, companyId: id, signalScore: 80, signalDate: '2026-07-05' });
    const shown = [[1, 2], [2, 3], [4]];
    const { zoominfo } = await foreign(({ body }) => ({
      body: { totalResults: 4, data: (shown[Number(body['page']) - 1] ?? []).map(row) },
    }));
    expect((await zoominfo.searchIntent(query)).signals.map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
  });

  test('a server whose total counts repeats, and which repeats its last page, is read to the end', async () => {
    const row = (id: number) => ({ id, companyId: id, signalScore: 80, signalDate: '2026-07-05' });
    const shown = [
      [1, 2],
      [2, 3],
    ];
    const { zoominfo, asked } = await foreign(({ body }) => ({
      body: { totalResults: 4, data: (shown[Number(body['page']) - 1] ?? shown[1] ?? []).map(row) },
    }));
    expect((await zoominfo.searchIntent(query)).signals).toHaveLength(3);
    expect(asked).toHaveLength(3);
  });

  test('a page too many, once all of the total was seen, is no mistake whatever it is called', async () => {
    const data = [1, 1].map((id) => ({ id, companyId: id, signalScore: 80, signalDate: '2026-07-05' }));
    const { zoominfo } = await foreign(({ body }) =>
      body['page'] === 1 ? { body: { totalResults: 2, data } } : { status: 400, body: { error: 'No such offset' } },
    );
    expect((await zoominfo.searchIntent(query)).signals).toHaveLength(1);
  });

  test('a server that ignores pages is read to the end, and nothing is doubled', async () => {
    const { zoominfo, asked } = await saying({ data: rows.slice(0, 3) });
    expect(await zoominfo.searchIntent(query)).toMatchObject({ total: 3 });
    expect(asked).toHaveLength(2);
  });

  test.each([
    [{ totalResults: 0 }],
    [{ totalResults: 0, data: null }],
    [{ data: [] }],
    [{ data: {} }],
    [{ data: { result: [] } }],
  ])('%j is no signal', async (body) => {
    const { zoominfo } = await saying(body);
    expect((await zoominfo.searchIntent(query)).signals).toEqual([]);
  });

  test.each<[string, Reply, string]>([
    ['no data', { body: { success: true } }, 'data: missing'],
    ['data that is a word', { body: { data: 'none' } }, 'data: missing'],
    ['a list', { body: [] }, 'the answer is no object'],
    ['a page of HTML', { body: '<html>Scheduled maintenance</html>' }, 'the answer is not JSON'],
    ['rows without a company', { body: { data: [{ id: 1 }] } }, 'company.id: missing'],
  ])('%s is no empty day', async (_what, reply, field) => {
    const { zoominfo } = await foreign(() => reply);
    const error = await refusal(zoominfo.searchIntent(query));
    expect(error).toBeInstanceOf(UnexpectedAnswer);
    expect(error).toMatchObject({ fields: [field] });
  });
});
