/**
 * Words and patterns that lead every published list of common passwords, lower case. Short ones matter because people lengthen
 * them: the rules also look at a password without its digits and signs, and at the unit it repeats.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(`
123456 1234567 12345678 123456789 1234567890 12345678910 123456789012 1234567891011 123123 123321 111111 000000 121212 654321 666666
password password1 password12 password123 password1234 password12345 password123456 passw0rd p@ssword p@ssw0rd pa55word passwort
motdepasse contrasena senha wachtwoord parola salasana haslo passwordpassword mypassword yourpassword newpassword oldpassword
thisismypassword mysecretpassword changeme changeit changemenow changethis letmein letmeinnow letmeinplease welcome welcome1
welcomehome welcomeback admin admin123 administrator adminadmin adminpassword superadmin superuser sysadmin root rootroot toor
guest guestguest default temporary temppassword test testtest testing testpassword tester demo demodemo user username useruser
login loginlogin access accessdenied master masterkey secret secretsecret topsecret supersecret confidential private
qwerty qwerty1 qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwertyuiop qwertyuiop123 qwertyuiopasdf qwertyqwerty qwertz qwertzuiop
azerty azertyuiop asdfgh asdfghjkl asdfasdf asdfghjklqwerty zxcvbn zxcvbnm zxcvbnm123 qazwsx qazwsxedc qazwsxedcrfv 1q2w3e 1q2w3e4r
1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx 1qaz2wsx3edc zaq12wsx zaq1xsw2 q1w2e3r4 q1w2e3r4t5y6 a1b2c3d4 a1b2c3d4e5f6 abc123 abcd1234
abcdef abcdefg abcdefgh abcdefghijkl abc123abc123 iloveyou iloveyou1 iloveyou2 iloveyouforever iloveyousomuch loveyou lovelove lovely
sunshine princess princesa dragon monkey football baseball basketball soccer hockey liverpool chelsea arsenal barcelona realmadrid
superman batman spiderman starwars pokemon naruto minecraft fortnite computer computers internet whatever trustno1 trustnobody
michael jennifer jessica jordan charlie andrew daniel thomas robert matthew joshua ashley nicole hannah george
shadow hunter killer ninja mustang ferrari mercedes corvette harley cheese cookie chocolate banana orange summer winter spring autumn
summertime wintertime january february march april june july august september october november december monday friday sunday
freedom forever family friends blessed jesus jesuschrist christ angel angels heaven godisgood hello hellohello hellokitty helloworld
google facebook instagram linkedin twitter amazon microsoft samsung iphone android windows apple nokia
correcthorsebatterystaple opensesame nothing nopassword notapassword idontknow ihateyou fuckyou fuckoff asshole bullshit
company corporate business office security production development staging roster rosterroster rosteradmin rosterpassword
`.trim().split(/\s+/));
