interface Props {
  readonly name: string;
  readonly label: string;
  readonly autoComplete: string;
  readonly value: string;
  readonly problem: string | undefined;
}

/** A text field, with the problem of its value above it. */
export function Field({ name, label, autoComplete, value, problem }: Props) {
  const problemId = `${name}-problem`;
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      {problem !== undefined && (
        <p className="problem" id={problemId}>
          {problem}
        </p>
      )}
      <input
        id={name}
        name={name}
        defaultValue={value}
        dir="auto"
        autoComplete={autoComplete}
        {...(problem !== undefined && { "aria-invalid": true, "aria-describedby": problemId })}
      />
    </div>
  );
}
