/**
 * Two parts, because tools that read this package would take the whole text for a source map of
 * this file.
 */
export const MAP_COMMENT = ["//#", "sourceMappingURL=data:application/json;base64,"].join(" ");
