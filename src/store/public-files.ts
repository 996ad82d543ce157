/** Data files that lie beside the page, in public/data: `npm run data` puts them there and writes the list. */
import { z } from 'zod';

const LIST = 'data/index.json';

const listSchema = z.array(z.object({ name: z.string(), bytes: z.number().int().nonnegative() }));

export type PublicFile = z.infer<typeof listSchema>[number];

/** None where there is no list: a server may answer with the page itself instead. */
export async function listPublicFiles(): Promise<readonly PublicFile[]> {
  try {
    const response = await fetch(LIST);
    return listSchema.parse(await response.json());
  } catch {
    return [];
  }
}

/** @throws Error that says what could not be fetched. */
export async function fetchPublicFile({ name, bytes }: PublicFile): Promise<File> {
  const response = await fetch(`data/${encodeURIComponent(name)}`);
  const content = await response.blob();
  if (!response.ok || content.size !== bytes) {
    throw new Error(`${name} is not in public/data any more, or another size. Run "npm run data" again.`);
  }
  return new File([content], name);
}
