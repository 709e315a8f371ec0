import { Link, NavLink, Outlet, useLocation, useNavigate } from "react-router";
import { KindeAway } from "../pages/KindeAway.tsx";
import { Waiting } from "../pages/Waiting.tsx";
import { readNotice, withNotice } from "../session/notice.ts";
import { useSession } from "../session/sessionContext.ts";
import { NoticeBox } from "./NoticeBox.tsx";
import { UserText } from "./UserText.tsx";

const LINKS = [
  { path: "/", text: "Overview" },
  { path: "/profile", text: "Profile" },
  { path: "/workspace", text: "Workspace" },
  { path: "/members", text: "Members" },
  { path: "/token", text: "Token" },
];

/** The frame of every page: the navigation, the user's name, and the notice of the last action. */
export function Layout() {
  const { user, status, signOut } = useSession();
  const { pathname, search, state } = useLocation();
  const notice = readNotice(state);
  const navigate = useNavigate();

  async function leave(): Promise<void> {
    if ((await signOut()) === "leaving") return;
    const here = { replace: true, state: withNotice({ kind: "stillSignedIn" }) };
    await navigate(pathname + search, here);
  }

  return (
    <>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <header>
        <div className="bar">
          <Link className="brand" to="/">
            Profile claims
          </Link>
          {user && (
            <>
              <nav aria-label="Main">
                <ul>
                  {LINKS.map(({ path, text }) => (
                    <li key={path}>
                      <NavLink to={path} end>
                        {text}
                      </NavLink>
                    </li>
                  ))}
                </ul>
              </nav>
              <p className="who">
                Signed in as{" "}
                <strong>
                  <UserText>{user.name}</UserText>
                </strong>
              </p>
              <div className="sign-out">
                <button type="button" className="quiet" onClick={() => void leave()}>
                  Sign out
                </button>
              </div>
            </>
          )}
        </div>
      </header>
      <main id="content">
        {status === "loading" && <Waiting />}
        {status === "away" && <KindeAway />}
        {(status === "signedIn" || status === "signedOut") && (
          <>
            {notice && <NoticeBox notice={notice} />}
            <Outlet />
          </>
        )}
      </main>
    </>
  );
}
