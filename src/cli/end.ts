/** How a program ends. */
import { UserError } from '../data/errors';

/** With the code that `main` gives; 2 and a sentence for what the user can mend, 1 and the stack for a mistake of ours. */
export function endWith(main: Promise<number>): void {
  main.then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      console.error(error instanceof UserError ? error.message : error);
      process.exitCode = error instanceof UserError ? 2 : 1;
    },
  );
}
