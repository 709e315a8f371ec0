import "./app.css";
import type { Metadata, Viewport } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Navigation } from "@/components/Navigation";
import { UserText } from "@/components/UserText";
import { readName } from "@/lib/auth/readName";
import { readVisitor } from "@/lib/auth/visitor";
import { SIGN_OUT_PATH } from "@/lib/web/paths";

export const metadata: Metadata = {
  title: { default: "Profile claims", template: "%s · Profile claims" },
};
export const viewport: Viewport = { colorScheme: "light dark" };

export default async function Layout({ children }: { children: ReactNode }) {
  const { kind } = await readVisitor();
  return (
    <html lang="en">
      <body>
        <a className="skip" href="#content">
          Skip to content
        </a>
        <header>
          <div className="bar">
            <Link className="brand" href="/" prefetch={false}>
              Profile claims
            </Link>
            {kind !== "guest" && <SignedIn />}
          </div>
        </header>
        <main id="content">{children}</main>
      </body>
    </html>
  );
}

async function SignedIn() {
  return (
    <>
      <Navigation />
      <p className="who">
        Signed in as{" "}
        <strong>
          <UserText text={await readName()} />
        </strong>
      </p>
      <form action={SIGN_OUT_PATH} className="sign-out">
        <button className="quiet">Sign out</button>
      </form>
    </>
  );
}
