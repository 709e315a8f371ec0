import type { Template } from "./Template.ts";

/**
 * Triggers at which a user enters a password. Kinde's own examples use the same names of form
 * fields.
 */
export const PASSWORDS = {
  "user:existing_password_provided": {
    when: "a user enters a password that Kinde has not stored",
    ...{
      member: "ExistingPasswordProvided",
      event: "onExistingPasswordProvidedEvent",
      name: "existingPassword",
    },
    imports: ["invalidateFormField"],
    bindings: ["kinde.widget"],
    body: [
      "const { password } = event.context.auth;",
      "if (password.length < 12) {",
      '  invalidateFormField("p_password", "The email or the password is wrong.");',
      "}",
    ],
    test: {
      title: "refuses a short password",
      change: 'event.context.auth.password = "short";',
      expected: '[{ field: "p_password", message: "The email or the password is wrong." }]',
      actual: "run.effects.invalidFields",
    },
  },
  "user:new_password_provided": {
    when: "a user chooses a new password",
    ...{
      member: "NewPasswordProvided",
      event: "onNewPasswordProvidedEvent",
      name: "newPassword",
    },
    imports: ["invalidateFormField"],
    bindings: ["kinde.widget"],
    body: [
      "const { firstPassword } = event.context.auth;",
      "if (firstPassword.length < 12) {",
      '  invalidateFormField("p_first_password", "Use 12 characters or more.");',
      "}",
    ],
    test: {
      title: "refuses a short password",
      change: 'event.context.auth.firstPassword = "short";',
      expected: '[{ field: "p_first_password", message: "Use 12 characters or more." }]',
      actual: "run.effects.invalidFields",
    },
  },
} satisfies Record<string, Template>;
