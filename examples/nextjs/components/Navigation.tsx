"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";

const LINKS = [
  { path: "/", text: "Overview" },
  { path: "/profile", text: "Profile" },
  { path: "/workspace", text: "Workspace" },
  { path: "/members", text: "Members" },
  { path: "/token", text: "Token" },
];

/** The links of a signed-in user. They are not prefetched, because each page checks the token. */
export function Navigation() {
  const here = usePathname();
  return (
    <nav aria-label="Main">
      <ul>
        {LINKS.map(({ path, text }) => (
          <li key={path}>
            <Link href={path} prefetch={false} aria-current={path === here ? "page" : undefined}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
