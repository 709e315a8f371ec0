import { type ReactNode, useEffect, useRef } from "react";
import { useLocation, useNavigationType } from "react-router";

interface Props {
  /** For the tab, and for screen readers. */
  readonly title: string;
  readonly heading: ReactNode;
  readonly children?: ReactNode;
}

/** A page: its title and heading. After a navigation the heading has the focus, as a new page would. */
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
      <h1 ref={headingRef} tabIndex={-1}>
        {heading}
      </h1>
      {children}
    </>
  );
}
