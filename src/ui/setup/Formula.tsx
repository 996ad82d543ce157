/** A formula, written by KaTeX as MathML: every browser with WebGPU lays that out, without fonts of its own. */
import { Box } from '@mantine/core';
import { useEffect, useRef } from 'react';

interface FormulaProps {
  /** LaTeX. MathML has no line breaks that all browsers keep, so each line stands by itself. */
  readonly lines: readonly string[];
  readonly label: string;
}

export function Formula({ lines, label }: FormulaProps) {
  return (
    <Box role="math" aria-label={label} fz={14} style={{ overflowX: 'auto' }}>
      {lines.map((line) => (
        <FormulaLine key={line} latex={line} />
      ))}
    </Box>
  );
}

function FormulaLine({ latex }: { readonly latex: string }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let isCurrent = true;
    import('katex').then(
      ({ default: katex }) => {
        if (line.current && isCurrent) {
          katex.render(String.raw`\displaystyle ${latex}`, line.current, { output: 'mathml' });
        }
      },
      () => {
        // Whoever knows LaTeX can read it.
        if (line.current && isCurrent) line.current.textContent = latex;
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [latex]);
  return <Box ref={line} mih={26} />;
}
