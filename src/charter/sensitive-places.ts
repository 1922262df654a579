/**
 * Places that are never recorded, whatever a charter says: sign-in, banking, health, HR, unions, personal mail.
 *
 * A charter can add to this list (`neverRecord`) and can never lift an entry. Used when content scripts are
 * registered and again in the background for each message. What a page shows makes it sensitive too:
 * `src/capture/page-signals.ts`. No list names every bank or clinic: the charter's apps are the first fence.
 *
 * Sources. Hosts: the sign-in addresses that identity providers and payment services document for their customers.
 * Paths: the default routes of common frameworks and servers (Devise, Django, WordPress, ASP.NET Identity, Keycloak
 * `/realms`, AD FS `/adfs`, SAML and OpenID Connect endpoints) and `/.well-known/change-password`
 * (W3C, "A Well-Known URL for Changing Passwords").
 */

/** Match patterns of sensitive places, by kind. Paths are deliberately broad: losing a page costs nothing. */
const SENSITIVE_PLACES = {
  signIn: [
    '*://accounts.google.com/*',
    '*://login.microsoftonline.com/*',
    '*://login.live.com/*',
    '*://appleid.apple.com/*',
    '*://*.okta.com/*',
    '*://*.auth0.com/*',
    '*://*.onelogin.com/*',
    '*://*.duosecurity.com/*',
    '*://login.microsoft.com/*',
    '*://account.microsoft.com/*',
    '*://*.b2clogin.com/*',
    '*://*.ciamlogin.com/*',
    '*://myaccount.google.com/*',
    '*://account.apple.com/*',
    '*://idmsa.apple.com/*',
    '*://login.yahoo.com/*',
    '*://login.salesforce.com/*',
    '*://id.atlassian.com/*',
    '*://*.signin.aws.amazon.com/*',
    '*://*.amazoncognito.com/*',
    '*://*.pingone.com/*',
    '*://*.pingidentity.com/*',
    '*://*.jumpcloud.com/*',
    '*://*.1password.com/*',
    '*://*.bitwarden.com/*',
    '*://*.lastpass.com/*',
    '*://*.dashlane.com/*',
    '*://*/*login*',
    '*://*/*logon*',
    '*://*/*log-in*',
    '*://*/*log_in*',
    '*://*/*signin*',
    '*://*/*sign-in*',
    '*://*/*sign_in*',
    '*://*/*signup*',
    '*://*/*sign-up*',
    '*://*/*sign_up*',
    '*://*/*oauth*',
    '*://*/openid*',
    '*://*/sso/*',
    '*://*/saml*',
    '*://*/adfs/*',
    '*://*/realms/*',
    '*://*/auth/realms/*',
    '*://*/*password*',
    '*://*/*passwd*',
    '*://*/*2fa*',
    '*://*/*mfa*',
    '*://*/*otp/*',
    '*://*/*two-factor*',
    '*://*/*two_factor*',
    '*://*/*twofactor*',
    '*://*/*passkey*',
    '*://*/*webauthn*',
  ],
  banking: [
    '*://*.paypal.com/*',
    '*://*.wise.com/*',
    '*://*.stripe.com/*',
    '*://*.revolut.com/*',
    '*://*.klarna.com/*',
    '*://*.adyen.com/*',
    '*://*.braintreegateway.com/*',
    '*://pay.google.com/*',
    '*://*/*checkout*',
  ],
  health: ['*://*.nhs.uk/*', '*://*.mychart.org/*', '*://*.doctolib.de/*', '*://*.doctolib.fr/*'],
  humanResources: [
    '*://*.workday.com/*',
    '*://*.myworkdayjobs.com/*',
    '*://*.personio.de/*',
    '*://*.bamboohr.com/*',
  ],
  unions: [
    '*://*.verdi.de/*',
    '*://*.igmetall.de/*',
    '*://*.tuc.org.uk/*',
    '*://*.aflcio.org/*',
    '*://*.cfdt.fr/*',
  ],
  personalMail: [
    '*://mail.google.com/*',
    '*://outlook.live.com/*',
    '*://mail.yahoo.com/*',
    '*://*.gmx.net/*',
    '*://*.web.de/*',
    '*://mail.proton.me/*',
  ],
} as const;

/** All built-in patterns in one list. */
export const SENSITIVE_PATTERNS: readonly string[] = Object.values(SENSITIVE_PLACES).flat();
