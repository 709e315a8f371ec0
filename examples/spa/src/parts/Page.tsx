import { type ReactNode, useEffect, useRef } from "react";
import { useLocation, useNavigationType } from "react-router";

interface Props {
  /** For the tab, and for screen readers. */
  readonly title: string;
  readonly heading: ReactNode;
  readonly children?: ReactNode;
}

/**
 * A page with its title and heading. After a navigation the heading gets the focus, so that a
 * screen reader begins there. The focused heading has no outline, because it is not a button or a
 * link.
 */
export function Page({ title, heading, children }: Props) {
  const { pathname } = useLocation();
  const isFirstPage = useNavigationType() === "POP";
  const headingRef = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Profile claims`;
  }, [title]);
  useEffect(() => {
    if (!isFirstPage) headingRef.current?.focus();
  }, [pathname, isFirstPage]);
  return (
    <>
      <h1 ref={headingRef} tabIndex={-1} style={{ outline: "none" }}>
        {heading}
      </h1>
      {children}
    </>
  );
}
