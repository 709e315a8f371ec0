import type {
  onExistingPasswordProvidedEvent,
  onM2MTokenGeneratedEvent,
  onNewPasswordProvidedEvent,
  onNewUsernameProvidedEvent,
  onPlanCancellationRequest,
  onPlanSelection,
  onPostAuthenticationEvent,
  onUserPreMFA,
  onUserPreRegistrationEvent,
  onUserTokenGeneratedEvent,
  WorkflowTrigger,
} from "@kinde/infrastructure/dist/types.d.ts";
import { didYouMean } from "../closest.ts";
import { KindeError } from "../errors.ts";

interface EventOf {
  "user:tokens_generation": onUserTokenGeneratedEvent;
  "user:pre_mfa": onUserPreMFA;
  "user:post_authentication": onPostAuthenticationEvent;
  "m2m:token_generation": onM2MTokenGeneratedEvent;
  "user:existing_password_provided": onExistingPasswordProvidedEvent;
  "user:new_password_provided": onNewPasswordProvidedEvent;
  "user:plan_selection": onPlanSelection;
  "user:plan_cancellation_request": onPlanCancellationRequest;
  "user:pre_registration": onUserPreRegistrationEvent;
  "user:new_username_provided": onNewUsernameProvidedEvent;
}

/** Members that Kinde's public examples read, but that the package's types do not have. */
interface Untyped {
  "user:pre_registration": { context: { user: { email: string } } };
  "user:existing_password_provided": {
    context: {
      auth: { hashedPassword: string; providedEmail: string; hasUserRecordInKinde: boolean };
    };
  };
  "user:new_password_provided": { context: { auth: { hashedPassword: string } } };
}

export type Trigger = keyof EventOf;

/**
 * The type of an event, made from the package's types: the trigger becomes a plain string instead
 * of an enum, and members of the type `never` are removed. So the compiler reports a missing or
 * misspelt member.
 */
type Plain<T> = T extends WorkflowTrigger
  ? `${T}`
  : T extends object
    ? { [K in keyof T as T[K] extends never ? never : K]: Plain<T[K]> }
    : T;

const USER = "kp_0123456789abcdef0123456789abcdef";
const ORG = "org_0123456789a";
const HASHED = "a hash of the password";
const CONNECTION = "conn_0123456789abcdef0123456789abcdef";

const network = { ip: "203.0.113.7", userAgent: "Mozilla/5.0 (X11; Linux x86_64)" };
const base = {
  domains: { kindeDomain: "https://example.kinde.com" },
  application: { clientId: "0123456789abcdef0123456789abcdef" },
};
const auth = { audience: ["https://api.example.com"] };
const authUrlParams = { state: "0123456789", orgCode: ORG } as const;

/** One event for every trigger, with the members that `@kinde/infrastructure` or `Untyped` has. */
export const SAMPLE_EVENTS: { readonly [T in Trigger]: SampleOf<T> } = {
  "user:tokens_generation": {
    request: { ...network, auth },
    context: {
      ...base,
      auth: { origin: "authorization_request", connectionId: CONNECTION, isExistingSession: false },
      user: { id: USER, identityId: "identity_0123456789abcdef0123456789abcdef" },
      workflow: { trigger: "user:tokens_generation" },
      organization: { code: ORG },
    },
  },
  "user:pre_mfa": {
    request: { ...network, auth },
    context: {
      ...base,
      auth: { connectionId: CONNECTION },
      mfa: {
        policy: "required",
        context: "environment",
        enabled_factors: ["mfa:email", "mfa:authenticator_app"],
        isUserRoleExempt: false,
        isUserConnectionExempt: false,
      },
      user: { id: USER },
      workflow: { trigger: "user:pre_mfa" },
      organization: { code: ORG },
    },
  },
  "user:post_authentication": {
    request: { ...network, authUrlParams },
    context: {
      ...base,
      workflow: { trigger: "user:post_authentication" },
      user: { id: USER },
      auth: { connectionId: CONNECTION, isNewUserRecordCreated: true },
    },
  },
  "m2m:token_generation": {
    request: { ip: network.ip, auth: { audience: auth.audience, scope: ["read:things"] } },
    context: { ...base, workflow: { trigger: "m2m:token_generation" } },
  },
  "user:existing_password_provided": {
    request: network,
    context: {
      ...base,
      auth: {
        password: "correct horse battery staple",
        hashedPassword: HASHED,
        providedEmail: "ada@example.com",
        hasUserRecordInKinde: false,
      },
      user: { id: USER },
      workflow: { trigger: "user:existing_password_provided" },
    },
  },
  "user:new_password_provided": {
    request: network,
    context: {
      ...base,
      auth: {
        firstPassword: "correct horse battery staple",
        secondPassword: "correct horse battery staple",
        hashedPassword: HASHED,
        newPasswordReason: "reset",
      },
      user: { id: USER, email: "ada@example.com" },
      workflow: { trigger: "user:new_password_provided" },
    },
  },
  "user:plan_selection": {
    request: { ...network, auth },
    context: {
      ...base,
      user: { id: USER },
      workflow: { trigger: "user:plan_selection" },
      organization: { code: ORG },
      billing: { currentPlanCode: "free", requestedPlanCode: "pro" },
    },
  },
  "user:plan_cancellation_request": {
    request: { ...network, auth },
    context: {
      ...base,
      workflow: { trigger: "user:plan_cancellation_request" },
      organization: { code: ORG },
      billing: { currentPlanCode: "pro", agreementId: "agreement_0123456789abcdef" },
    },
  },
  "user:pre_registration": {
    request: { ...network, auth, authUrlParams },
    context: {
      ...base,
      auth: { connectionId: CONNECTION },
      user: { email: "ada@example.com" },
      workflow: { trigger: "user:pre_registration" },
    },
  },
  "user:new_username_provided": {
    request: { ...network, auth },
    context: {
      ...base,
      auth: { suppliedUsername: "ada" },
      workflow: { trigger: "user:new_username_provided" },
    },
  },
};

/** The type of a trigger's event. */
export type SampleOf<T extends Trigger> = Plain<EventOf[T]> &
  (T extends keyof Untyped ? Untyped[T] : unknown);

export function isTrigger(name: string): name is Trigger {
  return Object.hasOwn(SAMPLE_EVENTS, name);
}

/**
 * Creates a sample event of a trigger. Change it and pass it to `run({ event })`.
 *
 * @throws {KindeError} UNKNOWN_TRIGGER for a name that Kinde does not have
 */
export function sampleEvent<T extends Trigger>(trigger: T): SampleOf<T> {
  if (!isTrigger(trigger)) {
    const hint = didYouMean(String(trigger), Object.keys(SAMPLE_EVENTS));
    throw new KindeError(
      "UNKNOWN_TRIGGER",
      `Kinde has no trigger "${String(trigger)}". ${hint}\`npx kinde-local event\` lists all triggers.`,
    );
  }
  return structuredClone(SAMPLE_EVENTS[trigger]) as SampleOf<T>;
}
