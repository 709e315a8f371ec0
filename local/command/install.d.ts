/**
 * Installs a folder's dependencies if they are missing or not those of its package-lock.json.
 * Prints on stderr what it does. Returns whether they are installed.
 */
export function installDependencies(folder: string): Promise<boolean>;
