/**
 * Loads Kinde's SDK at its first use. The SDK reads its environment variables while it loads, and
 * prints an error if one is missing. With a normal import, every build would print this error.
 */
export const loadSdk = () => import("@kinde-oss/kinde-auth-sveltekit");
