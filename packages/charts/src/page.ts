import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import type { Figure, Page, Report, Table } from "./figure.ts";
import { pageStyle } from "./page-style.ts";
import { svgOf } from "./render.ts";

type Html = ReturnType<typeof html>;

/** A table of more rows stays closed until it is asked for. */
const mostOpenRows = 12;

/**
 * One page, whole in itself: it asks for nothing, on disk or on a network. Every text in it is escaped, and of
 * scripts its policy lets only the given one run.
 *
 * @param script what clientScript made
 */
export async function pageHtml(report: Report, page: Page, script: string): Promise<string> {
  const body = html`
    <nav><a href="index.html">${report.title}</a></nav>
    <main>
      <h1>${page.title}</h1>
      <p class="lead">${page.lead}</p>
      <p class="note">${page.period}</p>
      ${page.figures.length === 0 ? nothing : page.figures.map(figureHtml)}
      ${page.notes.length === 0 ? "" : notesHtml(page.notes)}
    </main>`;
  return await shell(`${page.title} – ${report.title}`, body, page.figures.length === 0 ? null : script);
}

/** The page that leads to the others. */
export async function indexHtml(report: Report): Promise<string> {
  const body = html`
    <main>
      <h1>${report.title}</h1>
      <p class="lead">${report.lead}</p>
      <dl class="headlines">
        ${report.headlines.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
      </dl>
      <ul class="pages">
        ${report.pages.map(
          (page) =>
            html`<li><a href="${encodeURIComponent(page.file)}">${page.title}</a><p class="note">${page.lead}</p></li>`,
        )}
      </ul>
    </main>`;
  return await shell(report.title, body, null);
}

const nothing = html`<p class="nothing">There is nothing to draw yet.</p>`;

async function shell(title: string, body: Html, script: string | null): Promise<string> {
  const scripts =
    script === null ? "'none'" : `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${scripts}; base-uri 'none'; form-action 'none'`;
  const page = await html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${raw(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    <style>${raw(pageStyle)}</style>
  </head>
  <body>${body}
    ${script === null ? "" : raw(`<script>${script}</script>`)}
  </body>
</html>
`;
  return page.toString();
}

function figureHtml(figure: Figure): Html {
  return html`
    <figure data-drawing="${figure.drawing.name}">
      <figcaption>
        <h2>${figure.title}</h2>
        <p class="note">${figure.description}</p>
        ${figure.legend.length === 0 ? "" : legendHtml(figure)}
      </figcaption>
      <div class="drawing" role="img" aria-label="${figure.title}. ${figure.description}">${raw(svgOf(figure))}</div>
      ${tableHtml(figure.table)}
      <script type="application/json">${raw(scriptJson(figure.data))}</script>
    </figure>`;
}

function legendHtml({ legend }: Figure): Html {
  return html`<ul class="legend">${legend.map(
    ({ label, colour }) => html`<li><i style="background: var(${colour})"></i>${label}</li>`,
  )}</ul>`;
}

function tableHtml({ caption, columns, rows }: Table): Html {
  const cell = (value: string | number | null, index: number) => {
    const text = value === null ? "–" : value;
    if (index === 0) return html`<th scope="row">${text}</th>`;
    return columns[index]?.isNumber ? html`<td class="number">${text}</td>` : html`<td>${text}</td>`;
  };
  const head = columns.map(({ name, isNumber }) =>
    isNumber ? html`<th scope="col" class="number">${name}</th>` : html`<th scope="col">${name}</th>`,
  );
  return html`
      <details${rows.length <= mostOpenRows ? " open" : ""}>
        <summary>The figures as a table</summary>
        <div class="scroll" tabindex="0" role="region" aria-label="${caption}">
          <table>
            <caption>${caption}</caption>
            <thead><tr>${head}</tr></thead>
            <tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody>
          </table>
        </div>
      </details>`;
}

function notesHtml(notes: readonly string[]): Html {
  return html`<aside><h2>How this was made</h2><ul>${notes.map((note) => html`<li>${note}</li>`)}</ul></aside>`;
}

/** JSON that stands within `<script>` and can't end it. */
export function scriptJson(data: unknown): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}
