import type { RouteObject } from "react-router";
import { RequireClaim } from "./guards/RequireClaim.tsx";
import { RequireUser } from "./guards/RequireUser.tsx";
import { BeginSignIn } from "./pages/BeginSignIn.tsx";
import { Broken } from "./pages/Broken.tsx";
import { Callback } from "./pages/Callback.tsx";
import { Home } from "./pages/Home.tsx";
import { Members } from "./pages/Members.tsx";
import { NotFound } from "./pages/NotFound.tsx";
import { Profile } from "./pages/Profile.tsx";
import { Stale } from "./pages/Stale.tsx";
import { Subscribe } from "./pages/Subscribe.tsx";
import { Token } from "./pages/Token.tsx";
import { Workspace } from "./pages/Workspace.tsx";
import { Layout } from "./parts/Layout.tsx";
import { KindeSession } from "./session/KindeSession.tsx";
import { CALLBACK_PATH, type Settings } from "./settings/readSettings.ts";

/** All pages, each with the guard that decides who may see it. */
export function createRoutes(settings: Settings): RouteObject[] {
  return [
    {
      element: (
        <KindeSession settings={settings}>
          <Layout />
        </KindeSession>
      ),
      errorElement: <Broken />,
      children: [
        { path: "/", element: <Home /> },
        { path: "/login", element: <BeginSignIn page="login" /> },
        { path: "/register", element: <BeginSignIn page="register" /> },
        { path: CALLBACK_PATH, element: <Callback /> },
        {
          element: <RequireUser />,
          children: [
            { path: "/profile", element: <Profile /> },
            { path: "/subscribe", element: <Subscribe /> },
            { path: "/token", element: <Token settings={settings} /> },
            { path: "/stale", element: <Stale /> },
            {
              element: (
                <RequireClaim
                  claim="profile_complete"
                  otherwise={(path) => `/profile?return_to=${encodeURIComponent(path)}`}
                />
              ),
              children: [{ path: "/workspace", element: <Workspace /> }],
            },
            {
              element: <RequireClaim claim="lifetime_subscriber" otherwise={() => "/subscribe"} />,
              children: [{ path: "/members", element: <Members /> }],
            },
          ],
        },
        { path: "*", element: <NotFound /> },
      ],
    },
  ];
}
