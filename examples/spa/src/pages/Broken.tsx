/** Shown after an error in the app itself. The details are in the console. */
export function Broken() {
  return (
    <main id="content">
      <h1>Something went wrong here</h1>
      <p className="lead">You did not cause it.</p>
      <p>
        <a href="/">Go to the overview</a>
      </p>
    </main>
  );
}
