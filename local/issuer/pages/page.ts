/** Renders a whole page. The caller must escape values that come from outside. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · local Kinde</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="where">Local Kinde <span>on this machine only, no passwords</span></p>
${body}
</main>
</body>
</html>
`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #f4f4f1; --card: #fff; --ink: #1d1f1e; --quiet: #5c625f; --line: #d6d9d4; --field: #8a918c;
  --accent: #0b5d4c; --on-accent: #fff; --bad: #a3271c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #151817; --card: #1e2221; --ink: #eceeec; --quiet: #a3aaa6; --line: #353b38; --field: #7a837e;
    --accent: #7fd6bd; --on-accent: #0c1f1a; --bad: #ff9b8f;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 30rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
.where { margin: 0 0 1.5rem; font-weight: 600; }
.where span { display: block; color: var(--quiet); font-weight: 400; font-size: .875rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.0625rem; margin: 2rem 0 .75rem; }
ul { list-style: none; margin: 0; padding: 0; border: 1px solid var(--line); border-radius: .5rem; overflow: hidden; background: var(--card); }
li + li { border-top: 1px solid var(--line); }
li button { display: block; width: 100%; padding: .75rem 1rem; border: 0; background: none; color: inherit; font: inherit; text-align: left; cursor: pointer; }
li button:hover { background: color-mix(in srgb, var(--accent) 9%, transparent); }
li strong { display: block; font-weight: 600; }
li span { color: var(--quiet); font-size: .875rem; overflow-wrap: anywhere; }
.card { border: 1px solid var(--line); border-radius: .5rem; background: var(--card); padding: 1rem; }
label { display: block; font-weight: 600; font-size: .9375rem; margin-bottom: .25rem; }
input { width: 100%; padding: .5rem .75rem; margin-bottom: 1rem; border: 1px solid var(--field); border-radius: .375rem; background: var(--paper); color: inherit; font: inherit; }
.primary { padding: .5rem 1rem; border: 0; border-radius: .375rem; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
li button:focus-visible { outline-offset: -3px; }
.bad { color: var(--bad); font-weight: 600; }
code { overflow-wrap: anywhere; }
`;
