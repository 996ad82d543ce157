/** The benchmark's page: measures what the command asks for. The command calls `bench` from outside. */
import { type GroupRequest, type Row, runGroup } from '../rows';
import { createStock } from '../stock';

declare global {
  var bench: ((request: GroupRequest) => Promise<Row[]>) | undefined;
}

globalThis.bench = (request) => runGroup(request, [], createStock);
