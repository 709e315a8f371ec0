import { useEffect, useRef } from "react";

/**
 * Runs an action once, when the component appears, even in React's strict mode, which runs effects
 * twice.
 */
export function useOnce(action: () => void): void {
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current) return;
    isDone.current = true;
    action();
  });
}
