import type Router from "@koa/router";

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="7" fill="#0b5d4c"/>
<path d="M10 7v18M22 7 11 16l11 9" fill="none" stroke="#fff" stroke-width="4"/>
</svg>
`;

/** Browsers always request this icon, and report a missing one in the console. */
export function addFavicon(router: Router): void {
  router.get("/favicon.ico", (ctx) => {
    ctx.type = "image/svg+xml";
    ctx.set("Cache-Control", "max-age=3600");
    ctx.body = ICON;
  });
}
