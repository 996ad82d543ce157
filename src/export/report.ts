/** A run's report: one HTML page that needs nothing else, to send or to print. Pure. */

export interface ReportTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Report {
  readonly title: string;
  /** One sentence under the title. */
  readonly summary: string;
  readonly tables: readonly ReportTable[];
  /** SVG with its styles in it; trusted, as this page drew it. */
  readonly pictures: readonly { readonly title: string; readonly svg: string }[];
}

const STYLE = `
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif; color: #1b1e23; }
h1 { font-size: 1.4rem; } h2 { margin: 2rem 0 .5rem; font-size: 1.05rem; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
caption { padding-bottom: .3rem; font-weight: 600; text-align: left; }
th, td { padding: 2px 16px 2px 0; text-align: left; border-top: 1px solid #e3e6eb; }
table { margin: 1.5rem 0; } figure { margin: 1.5rem 0; } svg { max-width: 100%; height: auto; }
figcaption { font-weight: 600; }`;

export function reportHtml({ title, summary, tables, pictures }: Report): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(summary)}</p>
${tables.map(tableHtml).join('\n')}
${pictures.map(({ title: name, svg }) => `<figure><figcaption>${escapeHtml(name)}</figcaption>${svg}</figure>`).join('\n')}
</body>
</html>
`;
}

function tableHtml({ caption, columns, rows }: ReportTable): string {
  const cells = (row: readonly string[], tag: 'th' | 'td') =>
    `<tr>${row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  return `<table><caption>${escapeHtml(caption)}</caption>${cells(columns, 'th')}${rows.map((row) => cells(row, 'td')).join('')}</table>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
