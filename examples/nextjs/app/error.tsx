"use client";

/** Shown for an error that no page handles. The error is in the server's log. */
export default function ErrorPage() {
  return (
    <>
      <h1>Something went wrong here</h1>
      <p className="lead">The app logged the error. You did not cause it.</p>
      <p>
        {/* A plain link loads the whole document, because the router may have caused the error. */}
        {/* eslint-disable-next-line @next/next/no-html-link-for-pages */}
        <a href="/">Go to the overview</a>
      </p>
    </>
  );
}
