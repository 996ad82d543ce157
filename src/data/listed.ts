/** Things in a sentence: "a, b, c"; of more than `most`, so many and "and 3 more". */
import { formatCount } from './format-count';

export function listed(items: readonly string[], most: number): string {
  const shown = items.slice(0, most).join(', ');
  return items.length > most ? `${shown} and ${formatCount(items.length - most)} more` : shown;
}
