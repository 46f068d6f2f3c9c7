// The tutorial's service on Go's net/http and golang-jwt, for bench/report.py. Both come from Debian: golang-go,
// golang-github-golang-jwt-jwt-dev and golang-golang-x-crypto-dev. Usage: main PORT; the HS256 secret is in PEER_SECRET.
// Ends on SIGTERM.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/golang-jwt/jwt"
	"golang.org/x/crypto/bcrypt"
)

const lifetime = 30 * time.Minute

type account struct {
	ID           int    `json:"id"`
	Username     string `json:"username"`
	Role         string `json:"role"`
	passwordHash []byte
}

type claims struct {
	Role string `json:"role"`
	jwt.RegisteredClaims
}

type service struct {
	secret   []byte
	parser   *jwt.Parser
	accounts map[string]*account
}

var errUnknownUser = errors.New("User not found")

func newAccount(id int, username, password, role string) *account {
	hash, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.DefaultCost)
	if err != nil {
		log.Fatal(err)
	}
	return &account{ID: id, Username: username, Role: role, passwordHash: hash}
}

func newService(secret string) *service {
	return &service{
		secret: []byte(secret),
		parser: jwt.NewParser(jwt.WithValidMethods([]string{"HS256"})),
		accounts: map[string]*account{
			"alice": newAccount(1, "alice", "alicepw", "admin"),
			"bob":   newAccount(2, "bob", "bobpw", "user"),
		},
	}
}

func answer(w http.ResponseWriter, status int, value interface{}) {
	body, err := json.Marshal(value)
	if err != nil {
		status, body = http.StatusInternalServerError, nil
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(body)
}

func refuse(w http.ResponseWriter, status int, message string) {
	if status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	answer(w, status, map[string]string{"message": message})
}

func (s *service) key(*jwt.Token) (interface{}, error) { return s.secret, nil }

func (s *service) currentUser(r *http.Request) (*account, error) {
	const scheme = "Bearer "
	header := r.Header.Get("Authorization")
	if len(header) < len(scheme) || !strings.EqualFold(header[:len(scheme)], scheme) {
		return nil, errors.New("Not authenticated")
	}
	var read claims
	if _, err := s.parser.ParseWithClaims(header[len(scheme):], &read, s.key); err != nil {
		return nil, errors.New("Invalid or expired token")
	}
	user, known := s.accounts[read.Subject]
	if !known {
		return nil, errUnknownUser
	}
	return user, nil
}

// only answers other methods than its own as a router would.
func only(method string, handler http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != method {
			w.Header().Set("Allow", method)
			refuse(w, http.StatusMethodNotAllowed, "Method Not Allowed")
			return
		}
		handler(w, r)
	}
}

func (s *service) forUsers(handler func(http.ResponseWriter, *account)) http.HandlerFunc {
	return only(http.MethodGet, func(w http.ResponseWriter, r *http.Request) {
		user, err := s.currentUser(r)
		if err != nil {
			refuse(w, http.StatusUnauthorized, err.Error())
			return
		}
		handler(w, user)
	})
}

func healthz(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]string{"status": "ok"})
}

func me(w http.ResponseWriter, user *account) { answer(w, http.StatusOK, user) }

func adminStats(w http.ResponseWriter, user *account) {
	if user.Role != "admin" {
		refuse(w, http.StatusForbidden, "Requires role: admin")
		return
	}
	answer(w, http.StatusOK, map[string]string{"status": "ok", "message": "Hello admin " + user.Username})
}

func (s *service) logIn(w http.ResponseWriter, r *http.Request) {
	user, known := s.accounts[r.PostFormValue("username")]
	if !known || bcrypt.CompareHashAndPassword(user.passwordHash, []byte(r.PostFormValue("password"))) != nil {
		refuse(w, http.StatusUnauthorized, "Invalid credentials")
		return
	}
	now := time.Now()
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, claims{user.Role, jwt.RegisteredClaims{
		Subject: user.Username, IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(lifetime)),
	}})
	signed, err := token.SignedString(s.secret)
	if err != nil {
		refuse(w, http.StatusInternalServerError, "Internal Server Error")
		return
	}
	answer(w, http.StatusOK, map[string]string{"access_token": signed, "token_type": "bearer"})
}

func (s *service) routes() http.Handler {
	routes := http.NewServeMux()
	routes.HandleFunc("/healthz", only(http.MethodGet, healthz))
	routes.HandleFunc("/me", s.forUsers(me))
	routes.HandleFunc("/admin/stats", s.forUsers(adminStats))
	routes.HandleFunc("/auth/login", only(http.MethodPost, s.logIn))
	return routes
}

func main() {
	server := &http.Server{
		Addr: net.JoinHostPort("127.0.0.1", os.Args[1]), Handler: newService(os.Getenv("PEER_SECRET")).routes(),
	}
	terminated, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	stopped := make(chan struct{})
	go func() {
		<-terminated.Done()
		server.Shutdown(context.Background())
		close(stopped)
	}()
	if err := server.ListenAndServe(); err != http.ErrServerClosed {
		log.Fatal(err)
	}
	<-stopped
}
