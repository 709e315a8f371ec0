/** The app cannot start: a setting is missing or wrong. */
export function SettingsProblem({ sentence }: { sentence: string }) {
  return (
    <main id="content">
      <h1>This app is not set up</h1>
      <p className="lead">{sentence}</p>
    </main>
  );
}
