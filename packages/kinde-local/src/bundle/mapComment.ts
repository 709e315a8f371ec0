/** Put together, because tools that read this package would take the whole for a map of its own. */
export const MAP_COMMENT = ["//#", "sourceMappingURL=data:application/json;base64,"].join(" ");
