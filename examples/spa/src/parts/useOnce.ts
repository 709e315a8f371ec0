import { useEffect, useRef } from "react";

/** Runs an action once, when the component appears. React's strict mode runs effects twice. */
export function useOnce(action: () => void): void {
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current) return;
    isDone.current = true;
    action();
  });
}
