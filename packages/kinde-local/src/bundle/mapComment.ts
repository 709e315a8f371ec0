/**
 * Written as two strings: a tool that reads this file could otherwise take the comment for the
 * file's own source map.
 */
export const MAP_COMMENT = ["//#", "sourceMappingURL=data:application/json;base64,"].join(" ");
