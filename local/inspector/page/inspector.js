// The panel on every page of a demo: it shows how the claims came to this page. This file runs in
// the browser.

/** The pages that a claim opens, with their headings. */
const GUARDED = [
  { path: "/workspace", heading: "Workspace", claim: "profile_complete", closedAt: "/profile" },
  { path: "/members", heading: "Members", claim: "lifetime_subscriber", closedAt: "/subscribe" },
];

const TOUR = [
  {
    text: "Open Workspace. It is closed: the token has profile_complete: false. Save the profile form; Workspace opens without a sign-in.",
    isDone: ({ page }) => page.path === "/workspace" && page.isOpen,
  },
  {
    text: "Press “Grant the subscription”. Only the row changes. Open Members: the token follows, without a sign-in.",
    isDone: ({ page }) => page.path === "/members" && page.isOpen,
  },
  {
    text: "Stop Supabase, sign out and sign in again. You are signed in, and both claims are false. Start Supabase again: the pages open.",
    isDone: ({ state }) =>
      !state.switches.supabase && state.token?.claims.profile_complete === false,
  },
];

class ClaimsInspector extends HTMLElement {
  #state = null;
  #root = this.attachShadow({ mode: "open" });
  #content = element("div", { className: "content" });
  #shown = "";

  connectedCallback() {
    const style = element("link", { rel: "stylesheet", href: "/__inspector/inspector.css" });
    const details = element("details", {}, [
      element("summary", {}, ["Inspector: how the claims came here"]),
      this.#content,
    ]);
    details.open = sessionStorage.getItem("inspector") !== "closed";
    details.addEventListener("toggle", () => {
      sessionStorage.setItem("inspector", details.open ? "open" : "closed");
    });
    this.#root.replaceChildren(style, element("aside", { ariaLabel: "Inspector" }, [details]));
    const events = new EventSource("/__inspector/events");
    events.onmessage = ({ data }) => {
      this.#state = JSON.parse(data);
      this.#render();
    };
    // Some apps change their view without loading a page, so the path is read again and again.
    setInterval(() => this.#render(), 300);
  }

  #render() {
    const state = this.#state;
    if (state === null) return;
    const page = readPage(state);
    const version = JSON.stringify([state, page]);
    if (version === this.#shown) return;
    this.#shown = version;
    const focused = this.#root.activeElement?.dataset.action;
    this.#content.replaceChildren(...renderState(state, page));
    if (focused) this.#root.querySelector(`[data-action="${focused}"]`)?.focus();
  }
}

/** The page that the user asked for, the claim that it needs, and whether it is open. */
function readPage(state) {
  const { pathname, search } = location;
  const heading = document.querySelector("h1")?.textContent?.trim() ?? "";
  const wanted = new URLSearchParams(search).get("return_to") ?? pathname;
  const guarded =
    GUARDED.find(({ path }) => path === wanted) ??
    GUARDED.find(({ closedAt }) => closedAt === pathname && closedAt !== "/profile");
  if (guarded === undefined) return { path: pathname, isOpen: true, claim: null };
  return {
    path: guarded.path,
    claim: guarded.claim,
    isOpen: pathname === guarded.path && heading === guarded.heading,
    value: state.token?.claims[guarded.claim] ?? null,
  };
}

function renderState(state, page) {
  const steps = state.user
    ? [rowStep(state.row), runStep(state.run), tokenStep(state.token), pageStep(page)]
    : [element("li", {}, [element("p", {}, ["Sign in to see where your claims come from."])])];
  const who = state.user ? [`${state.user.name}, ${state.user.id}`] : ["You are not signed in."];
  return [
    element("p", { className: "who" }, who),
    element("h2", {}, ["Where your claims come from"]),
    element("ol", { className: "way" }, steps),
    element("h2", {}, ["Change something"]),
    buttons(state),
    element("h2", {}, ["Try this"]),
    tour(state, page),
  ];
}

function rowStep(row) {
  if (row === "unreachable") return step("Row", null, ["The database does not answer."]);
  if (row === null) return step("Row", null, ["There is no row yet."]);
  const { updated_at, ...columns } = row;
  return step("Row in Supabase", Date.parse(updated_at), [values(columns)]);
}

function runStep(run) {
  if (run === null) return step("Workflow run", null, ["It has not run yet."]);
  const lines = run.lines.map((line) => element("code", { className: "line" }, [line]));
  return step("Workflow run", run.at, [element("p", {}, [`${run.ms} ms`]), ...lines]);
}

function tokenStep(token) {
  if (token === null) return step("Access token", null, ["There is no token yet."]);
  const changes = Object.entries(token.changed).map(([name, before]) =>
    element("p", { className: "changed" }, [`${name}: ${before} → ${token.claims[name]}`]),
  );
  return step("Access token", token.at, [values(token.claims), ...changes]);
}

function pageStep({ path, claim, isOpen, value }) {
  if (claim === null) return step("This page", null, [`${path} needs no claim.`]);
  const text = `${path} is ${isOpen ? "open" : "closed"}: ${claim} is ${value} in the token.`;
  return step("This page", null, [element("p", { className: isOpen ? "on" : "off" }, [text])]);
}

function step(title, at, content) {
  const time = at
    ? [
        element("time", { dateTime: new Date(at).toISOString() }, [
          new Date(at).toLocaleTimeString("en-GB"),
        ]),
      ]
    : [];
  return element("li", {}, [element("h3", {}, [title, ...time]), ...content.map(asElement)]);
}

function values(object) {
  const pairs = Object.entries(object).map(([name, value]) => {
    const className = value === true ? "on" : value === false ? "off" : "";
    return element("div", {}, [
      element("dt", {}, [name]),
      element("dd", { className }, [value === null ? "null" : String(value)]),
    ]);
  });
  return element("dl", {}, pairs);
}

function buttons({ user, row, switches }) {
  const subscribed = row !== null && row !== "unreachable" && row.lifetime_subscriber === true;
  const all = [
    user &&
      (subscribed
        ? ["take-back", "Take the subscription back"]
        : ["grant", "Grant the subscription"]),
    switches.supabase ? ["stop-supabase", "Stop Supabase"] : ["start-supabase", "Start Supabase"],
    switches.kinde ? ["stop-kinde", "Stop Kinde"] : ["start-kinde", "Start Kinde"],
    switches.keepsOldClaims
      ? ["give-fresh-claims", "Let Kinde give fresh claims"]
      : ["keep-old-claims", "Let Kinde keep old claims"],
  ];
  const list = all.filter(Boolean).map(([action, text]) => {
    const button = element("button", { type: "button" }, [text]);
    button.dataset.action = action;
    button.addEventListener("click", () => perform(button, action));
    return button;
  });
  return element("p", { className: "buttons" }, list);
}

async function perform(button, action) {
  button.disabled = true;
  await fetch("/__inspector/actions", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ action }),
  }).catch(() => undefined);
  button.disabled = false;
}

function tour(state, page) {
  const done = new Set(JSON.parse(sessionStorage.getItem("inspector tour") ?? "[]"));
  TOUR.forEach(({ isDone }, index) => {
    if (isDone({ state, page })) done.add(index);
  });
  sessionStorage.setItem("inspector tour", JSON.stringify([...done]));
  const items = TOUR.map(({ text }, index) =>
    element("li", { className: done.has(index) ? "done" : "" }, [
      done.has(index) ? `Done: ${text}` : text,
    ]),
  );
  return element("ol", { className: "tour" }, items);
}

/** Strings are appended as text and never parsed as HTML, since a row can hold anything. */
function element(name, properties = {}, children = []) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const asElement = (content) =>
  typeof content === "string" ? element("p", {}, [content]) : content;

customElements.define("claims-inspector", ClaimsInspector);

function addPanel() {
  if (document.querySelector("claims-inspector") === null) {
    document.body.append(document.createElement("claims-inspector"));
  }
}
addPanel();
// An app that renders the whole body again removes the panel, so it is added again.
new MutationObserver(addPanel).observe(document.documentElement, {
  childList: true,
  subtree: true,
});
