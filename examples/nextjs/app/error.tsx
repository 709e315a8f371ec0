"use client";

/** Shown for an error that no page expects. It is in the server's log. */
export default function ErrorPage() {
  return (
    <>
      <h1>Something went wrong here</h1>
      <p className="lead">The app logged the error. You did not cause it.</p>
      <p>
        {/* A link that loads the document: the router may be part of what went wrong. */}
        {/* eslint-disable-next-line @next/next/no-html-link-for-pages */}
        <a href="/">Go to the overview</a>
      </p>
    </>
  );
}
