/**
 * Loads Kinde's SDK at its first use. The SDK reads its variables while it loads and prints an error
 * if one is missing, which would happen in every build.
 */
export const loadSdk = () => import("@kinde-oss/kinde-auth-sveltekit");
